import Image from 'next/image';

export default function Board() {
  return (
    <main>
      <h1>The board</h1>
      <Image src="/board.png" alt="A board" width={64} height={64} />
    </main>
  );
}
