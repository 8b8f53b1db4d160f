import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

export async function loader({ params }: LoaderFunctionArgs) {
  return { name: params.name, pid: process.env.NODE_ENV };
}

export default function Ship() {
  const { name, pid } = useLoaderData<typeof loader>();
  return <p>{`The ${name} lies at pier 3 (${pid})`}</p>;
}
