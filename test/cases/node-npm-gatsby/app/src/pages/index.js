import * as React from "react"
import { Link, useStaticQuery, graphql } from "gatsby"

export default function IndexPage() {
  const { site } = useStaticQuery(graphql`
    query {
      site {
        siteMetadata {
          title
        }
      }
    }
  `)
  return (
    <main>
      <h1>{site.siteMetadata.title}</h1>
      <Link to="/beans/">Beans</Link>
    </main>
  )
}

export const Head = () => <title>Garden diary</title>
