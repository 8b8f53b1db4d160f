create table accounts (name text);
insert into accounts values ('cash'), ('bank'), ('debts');
