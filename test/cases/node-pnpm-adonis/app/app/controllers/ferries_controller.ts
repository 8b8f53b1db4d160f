import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'

export default class FerriesController {
  async index({ view }: HttpContext) {
    return view.render('home', { islands: ['amrum', 'juist'] })
  }

  async show({ params }: HttpContext) {
    return { island: params.island, leaves: '07:40' }
  }

  async visits() {
    await db.rawQuery('create table if not exists visits (at integer)')
    await db.table('visits').insert({ at: Date.now() })
    const [{ visits }] = await db.from('visits').count('* as visits')
    return { visits }
  }
}
