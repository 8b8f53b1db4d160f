import Image from 'next/image';

export default function Home() {
  return (
    <main>
      <h1>Ferry times</h1>
      <Image src="/ferry.png" alt="A ferry" width={64} height={64} />
      <p>Calls {process.env.NEXT_PUBLIC_TIMES_URL ?? 'nobody'}</p>
    </main>
  );
}
