const api = process.env.REACT_APP_API ?? '/api';

export default function App() {
  const name = window.location.pathname.split('/')[2] ?? 'all of them';
  return (
    <main data-api={api}>
      <h1>Grandmother’s recipes: {name}</h1>
    </main>
  );
}
