import iban from 'iban';

export const isIban = (text: string): boolean => iban.isValid(text);
