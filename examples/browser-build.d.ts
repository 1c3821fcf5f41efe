// The browser build, which every application serves, has the types of the package.
declare module '*/lockstep/client.js' {
  export * from '@lockstep/client';
}
