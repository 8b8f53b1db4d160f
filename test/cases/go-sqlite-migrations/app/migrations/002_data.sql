INSERT INTO cities (name) VALUES ('Lisbon'), ('Oslo');
