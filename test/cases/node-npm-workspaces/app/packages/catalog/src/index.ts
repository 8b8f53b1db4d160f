import { price } from '@shop/money';
import { nanoid } from 'nanoid';

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: string;
}

export function products(): readonly Product[] {
  return [{ id: nanoid(), name: 'Teapot', price: price(4900) }];
}
