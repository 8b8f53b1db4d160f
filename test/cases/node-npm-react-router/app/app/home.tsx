export default function Home() {
  return <h1>Trails with a view</h1>;
}
