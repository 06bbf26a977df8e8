export default { home: { title: "Today" } };
