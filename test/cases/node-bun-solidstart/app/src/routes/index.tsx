export default function Home() {
  return (
    <main>
      <h1>Lighthouses of the coast</h1>
      <a href="/light/roter-sand">Roter Sand</a>
    </main>
  );
}
