/** @type {import('next').NextConfig} */
const nextConfig = {
  output: 'export', // for the file server of the inn
  basePath: '/menu',
};

export default nextConfig;
