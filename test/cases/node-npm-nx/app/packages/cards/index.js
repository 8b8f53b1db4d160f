export { default } from 'card-validator';
