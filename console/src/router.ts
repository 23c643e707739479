import { createRouter, createWebHistory } from 'vue-router';
import { useSession } from './stores/sessionStore';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/today' },
    { path: '/sign-in', name: 'signIn', component: () => import('./screens/SignIn.vue'), meta: { isOpen: true } },
    { path: '/setup', name: 'setup', component: () => import('./screens/SetUp.vue'), meta: { isOpen: true } },
    { path: '/password', name: 'password', component: () => import('./screens/ChangePassword.vue'), meta: { isBare: true } },
    { path: '/enrol', name: 'enrol', component: () => import('./screens/EnrolFactor.vue'), meta: { isBare: true } },
    { path: '/today', name: 'today', component: () => import('./screens/TodayScreen.vue') },
    { path: '/registers', name: 'registers', component: () => import('./screens/RegisterShelf.vue') },
    { path: '/registers/:register', name: 'register', meta: { isWide: true }, component: () => import('./screens/RegisterList.vue') },
    { path: '/registers/:register/new', name: 'new', component: () => import('./screens/RecordEdit.vue') },
    { path: '/registers/:register/import', name: 'import', component: () => import('./screens/ImportFile.vue') },
    { path: '/registers/:register/amend/:key(.*)', name: 'amend', component: () => import('./screens/RecordEdit.vue') },
    { path: '/registers/:register/record/:key(.*)', name: 'record', component: () => import('./screens/RecordPage.vue') },
    { path: '/figures/:indicator?', name: 'figures', component: () => import('./screens/FigureShelf.vue') },
    { path: '/pages', name: 'pages', meta: { isWide: true }, component: () => import('./screens/PageCheck.vue') },
    { path: '/screens', name: 'screens', component: () => import('./screens/ScreenShelf.vue') },
    { path: '/screens/:zone/:screen', name: 'screen', meta: { isFull: true }, component: () => import('./screens/BigScreen.vue') },
    { path: '/system', name: 'system', component: () => import('./screens/SystemScreen.vue') },
    { path: '/:rest(.*)', redirect: '/today' },
  ],
});

// Who has not signed in sees the door; who must change his password, that and nothing else.
router.beforeEach(async (to) => {
  const session = useSession();
  if (!session.isAsked) await session.load();
  if (to.meta.isOpen) return true;
  if (!session.me) return { name: 'signIn', query: to.fullPath === '/today' ? {} : { then: to.fullPath } };
  if (session.me.standing === 'must_change_password' && to.name !== 'password') return { name: 'password' };
  if (session.me.standing === 'must_enrol' && to.name !== 'enrol') return { name: 'enrol' };
  return true;
});
