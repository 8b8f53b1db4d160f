import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/stars/$name')({ component: Star })

function Star() {
  return <p>{`${Route.useParams().name} rises in the east`}</p>
}
