// Prompts to begin with, in both languages: each fills the form.

const sizes = { story: { width: 1080, height: 1920 }, square: { width: 1080, height: 1080 }, wide: { width: 1600, height: 900 } };

/** @type {Record<"en" | "zh", {name: string, prompt: string, style: string, size: any, colours: string[], texts: any[]}[]>} */
export const samples = {
  en: [
    {
      name: "Summer sale",
      prompt: "A cheerful poster for a summer sale in a surf shop, 50 % off until Sunday",
      style: "cartoon",
      size: sizes.story,
      colours: ["#ff8a3d", "#ffd166", "#0077b6"],
      texts: [{ content: "Summer Sale", position: "top", size: "" }, { content: "50 % off until Sunday", position: "center", size: "" }],
    },
    {
      name: "Hiring engineers",
      prompt: "A blue business poster that recruits software engineers",
      style: "business",
      size: sizes.story,
      colours: ["#1890ff", "#ffffff", "#f0f2f5"],
      texts: [{ content: "We are hiring", position: "top", size: "" }, { content: "Senior software engineer", position: "center", size: "" }],
    },
    {
      name: "Jazz night",
      prompt: "A minimalist poster for a jazz concert in a small club, Friday at nine",
      style: "minimalist",
      size: sizes.square,
      colours: [],
      texts: [{ content: "Jazz Night", position: "top", size: "" }],
    },
    { name: "Product launch", prompt: "A calm launch poster for a new fountain pen, elegant and quiet", style: "minimalist", size: sizes.wide, colours: ["#1f2a44", "#c8a45d"], texts: [] },
  ],
  zh: [
    {
      name: "招聘海报",
      prompt: "创建一个蓝色商务风格的招聘海报，包含公司logo和职位信息",
      style: "business",
      size: sizes.story,
      colours: ["#1890ff", "#ffffff", "#f0f2f5"],
      texts: [{ content: "诚聘英才", position: "top", size: "48" }, { content: "高级软件工程师", position: "center", size: "36" }],
    },
    {
      name: "夏日促销",
      prompt: "一张欢快的夏日促销海报，冲浪店全场五折，周日截止",
      style: "cartoon",
      size: sizes.story,
      colours: ["#ff8a3d", "#ffd166", "#0077b6"],
      texts: [{ content: "夏日大促", position: "top", size: "" }, { content: "全场五折", position: "center", size: "" }],
    },
    { name: "爵士之夜", prompt: "小型俱乐部爵士音乐会的极简海报，周五晚上九点", style: "minimalist", size: sizes.square, colours: [], texts: [{ content: "爵士之夜", position: "top", size: "" }] },
    { name: "新品发布", prompt: "一款新钢笔的发布海报，优雅而安静", style: "minimalist", size: sizes.wide, colours: ["#1f2a44", "#c8a45d"], texts: [] },
  ],
};
