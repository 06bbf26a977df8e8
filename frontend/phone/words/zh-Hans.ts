export default { home: { title: "今天" } };
