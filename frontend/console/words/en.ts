export default { home: { title: "Grid console" } };
