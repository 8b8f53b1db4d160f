import mustache from 'mustache';

export const render = (text, view) => mustache.render(text, view);
