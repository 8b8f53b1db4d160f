export const size = 'two hundred pixels';
