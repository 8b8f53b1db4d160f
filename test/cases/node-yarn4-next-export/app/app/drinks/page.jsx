export default function Drinks() {
  return <p>Elder and mint</p>;
}
