import * as React from "react"
import { graphql } from "gatsby"

export default function Entry({ data }) {
  return <article dangerouslySetInnerHTML={{ __html: data.markdownRemark.html }} />
}

export const query = graphql`
  query ($id: String!) {
    markdownRemark(id: { eq: $id }) {
      html
    }
  }
`
