export const isAllowed = (role: string): boolean => role === 'doctor';
