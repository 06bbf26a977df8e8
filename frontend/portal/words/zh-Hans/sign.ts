export default {
  sign: {
    title: "登录", lead: "反映问题、查进度、看公示都不用登录。", new: "还没有账号？注册一个", old: "已有账号？登录", register: "注册", registerTitle: "注册账号", passwordHint: "至少 10 位，别用生日。", nameHint: "字母或数字，不要用身份证号。", out: "退出登录", outAbout: "公用手机用完请退出。",
    show: "显示密码",
  },
  bind: {
    title: "绑定本人", lead: "绑定后才能看到您的信息。只能用一次性验证码绑定，不能靠输身份证号：身份证号别人也可能知道。", worker: "网格员给的码", workerHint: "网格员上门时当面给您，10 位，比如 ABCDE-23456", phone: "短信验证码",
    phoneHint: "要和部门登记的手机号一致。号码登记在几个人名下时不能用这个办法。", number: "手机号", sendCode: "发验证码", sent: "如果这个号码登记在您一人名下，验证码已发出，{minutes} 分钟内有效。", code: "验证码", bind: "绑定", realName: "用实名登录绑定", already: "这个账号已经绑定了本人。",
    how: "选一种办法",
  },
};
