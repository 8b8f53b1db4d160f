const base = import.meta.env.VITE_API_URL ?? '/api';

export const harbour = () => `from ${base}, with ${import.meta.env.VITE_MAP_TOKEN ? 'a map' : 'no map'}`;
