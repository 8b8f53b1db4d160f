import haversine from 'haversine-distance';

export const distance = () => haversine({ lat: 52.52, lon: 13.405 }, { lat: 48.137, lon: 11.575 });
