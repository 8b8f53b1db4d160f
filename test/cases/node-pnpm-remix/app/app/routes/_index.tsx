import { Link } from "@remix-run/react";

export default function Index() {
  return (
    <main>
      <h1>Harbour log</h1>
      <Link to="/ships/vega">Vega</Link>
    </main>
  );
}
