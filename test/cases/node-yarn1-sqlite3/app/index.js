const express = require('express');
const session = require('express-session');
const SQLiteStore = require('connect-sqlite3')(session);

const app = express();
const store = new SQLiteStore({ dir: '/tmp', db: 'sessions.db' });
app.use(session({ store, secret: process.env.SESSION_SECRET || 'only here', resave: false, saveUninitialized: false }));

app.get('/notes', (req, res) => {
  store.set('notes', { cookie: {}, text: 'first' }, () =>
    store.get('notes', (error, note) => res.status(error ? 500 : 200).json(error ?? note)),
  );
});

app.listen(process.env.PORT || 8080, () => console.log('listening'));
