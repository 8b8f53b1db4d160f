import slugify from 'slugify';

export const slug = (title) => slugify(title, { lower: true });
