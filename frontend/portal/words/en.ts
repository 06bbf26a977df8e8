export default { home: { title: "Grid services" } };
