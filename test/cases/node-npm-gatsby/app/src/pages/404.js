import * as React from "react"

export default function NotFoundPage() {
  return <p>Nothing grows here</p>
}
