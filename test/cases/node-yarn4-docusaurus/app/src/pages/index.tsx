import type { ReactNode } from 'react';
import Link from '@docusaurus/Link';
import Layout from '@theme/Layout';

export default function Home(): ReactNode {
  return (
    <Layout title="Home">
      <main>
        <h1>Keeping bees</h1>
        <Link to="/docs/swarms">Swarms</Link>
      </main>
    </Layout>
  );
}
