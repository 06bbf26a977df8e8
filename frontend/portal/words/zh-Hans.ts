export default { home: { title: "网格服务" } };
