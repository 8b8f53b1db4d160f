export function height(metres: number): string {
  return `${metres.toFixed(1)} m above chart datum`;
}
