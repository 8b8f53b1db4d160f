export const dynamic = 'force-dynamic';

export default async function Island({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params;
  return <p>The next ferry to {name} leaves in ten minutes.</p>;
}
