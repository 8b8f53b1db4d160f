import Link from 'next/link';

export default function Menu() {
  return <Link href="/drinks">What there is to drink</Link>;
}
