export const config = {
  port: Number(process.env.PORT),
  title: process.env.TITLE ?? 'Shop',
};
