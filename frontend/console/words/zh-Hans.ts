export default { home: { title: "网格工作台" } };
