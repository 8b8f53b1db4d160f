import { useLoaderData } from 'react-router';

export const loader = ({ params }: { params: { name?: string } }) => ({ name: params.name, km: 12 });

export default function Trail() {
  const { name, km } = useLoaderData<typeof loader>();
  return (
    <p>{`${name} is ${km} km long`}</p>
  );
}
