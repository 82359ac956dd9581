//! Words of a Chinese shop: goods, courier messages and the texts people type.
//!
//! Separate because it is data; the sentences are made up.

/// Names of goods as merchants write them, some with emoji, some too long for a label.
pub const GOODS: &[&str] = &[
    "明前龙井绿茶 250g 罐装",
    "云南小粒咖啡豆 深烘 454g ☕",
    "手工牛轧糖 原味 500g 🍬",
    "五常大米 5kg 真空装",
    "新疆灰枣 一级 1kg",
    "阳澄湖大闸蟹 公4两母3两 8只 🦀",
    "赣南脐橙 带箱10斤 🍊",
    "海南贵妃芒 5斤装 🥭",
    "烟台红富士苹果 80mm 12枚 🍎",
    "东北黑木耳 干货 250g",
    "古法红糖姜茶 12包",
    "纯棉四件套 1.8m床 雾霾蓝",
    "儿童防晒衣 夏季薄款 120cm 黄色小鸭🐥",
    "男士商务休闲衬衫 长袖免烫 42码",
    "女士真丝围巾 90cm方巾 礼盒装 🎁",
    "加厚羊毛袜 5双装",
    "老北京布鞋 手工千层底 39码",
    "不锈钢保温杯 500ml 刻字:「平安喜乐」",
    "陶瓷茶具套装 一壶六杯 汝窑天青",
    "竹制砧板 双面 40×28cm",
    "空气炸锅纸 方形 100张",
    "LED护眼台灯 三档调光 USB-C",
    "手机支架 车载磁吸 360°",
    "蓝牙耳机 降噪 白色 送保护套",
    "机械键盘 87键 青轴 ⌨️",
    "拼图 1000片 《千里江山图》",
    "儿童绘本 全10册 3-6岁 📚",
    "考研英语真题 2026版",
    "狗粮 中型犬成犬 10kg 🐶",
    "猫砂 豆腐膨润土混合 6L×4包 🐱",
    "多肉植物组合盆栽 12颗 随机品种 🌵",
    "鲜花月套餐 每周一束 4次 💐",
    "面膜 补水保湿 30片",
    "护手霜 三支装 橙花味",
    "手工皂 艾草+薄荷 100g×3",
    "瑜伽垫 加宽80cm 加厚10mm",
    "跑步腰包 反光款 黑色",
    "渔具套装 3.6m 碳素竿 🎣",
    "自热火锅 麻辣牛油 6盒 🌶️",
    "螺蛳粉 柳州原产 10包",
    "桂花酒酿 800g 冷藏发货❄️",
    "腊肠 广式 甜味 500g",
    "生日蛋糕 6寸 草莓奶油 当日达🎂",
    "电子礼品卡 100元",
    "在线课程《零基础学水彩》全24讲",
    "定制姓名贴 防水 120枚 幼儿园款",
    "红木手串 小叶紫檀 12mm 👨‍👩‍👧‍👦家庭装",
    "婴儿湿巾 80抽×10包 无酒精",
    "纸尿裤 L码 54片 🍼",
    "洗衣液 薰衣草香 3kg×2瓶",
];

/// One name that fills a label, a line and more, as shops write them for the search engines.
pub const LONG_NAME: &str = "【春节不打烊】2026新款加绒加厚连帽羽绒服女中长款过膝韩版宽松大毛领白鸭绒冬季外套(奶油白/燕麦色/经典黑)送运费险 七天无理由退换";

/// Couriers that the shipped orders of the shop went with.
pub const COURIERS: &[&str] = &["ZTO", "YTO", "YD", "STO", "JTSD", "EMS", "JD", "DBL"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_goods_have_emoji_and_one_is_long() {
        assert!(
            GOODS
                .iter()
                .filter(|name| name.chars().any(|mark| u32::from(mark) > 0x1_F000))
                .count()
                > 8
        );
        assert!(LONG_NAME.chars().count() > 60);
    }
}
