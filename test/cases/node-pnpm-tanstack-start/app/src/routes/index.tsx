import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'

const brightest = createServerFn({ method: 'GET' }).handler(() => 'Sirius')

export const Route = createFileRoute('/')({
  loader: () => brightest(),
  component: Home,
})

function Home() {
  return <h1>{`Brightest tonight: ${Route.useLoaderData()}`}</h1>
}
