/** @type {import('gatsby').GatsbyConfig} */
module.exports = {
  siteMetadata: { title: "Garden diary", siteUrl: "https://garden.example.com" },
  plugins: [
    "gatsby-transformer-remark",
    { resolve: "gatsby-source-filesystem", options: { name: "content", path: "./content/" } },
  ],
}
