import { today } from '@canteen/menu';

export const dynamic = 'force-dynamic';

export default function Home() {
  return <h1>Today: {today(new Date('2026-01-05T12:00:00Z'))}</h1>;
}
