const DISHES = ['Leek soup', 'Pea stew', 'Fried herring', 'Potato salad', 'Fish cakes', 'Rice pudding', 'Bread and cheese'];

export function today(day: Date): string {
  return DISHES[day.getUTCDay()] ?? 'Closed';
}
