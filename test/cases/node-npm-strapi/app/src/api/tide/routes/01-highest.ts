export default {
  routes: [{ method: 'GET', path: '/tides/highest', handler: 'tide.highest', config: { auth: false } }],
};
