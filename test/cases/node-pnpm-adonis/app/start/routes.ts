import router from '@adonisjs/core/services/router'

const FerriesController = () => import('#controllers/ferries_controller')

router.get('/', [FerriesController, 'index'])
router.get('/ferries/:island', [FerriesController, 'show'])
router.get('/visits', [FerriesController, 'visits'])
