export default function Board() {
  return <h1>The board</h1>;
}
