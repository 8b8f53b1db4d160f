import { factories } from '@strapi/strapi';

export default factories.createCoreController('api::tide.tide', () => ({
  async highest(ctx) {
    ctx.body = { harbour: 'Wilhelmshaven', height: 3.8 };
  },
}));
