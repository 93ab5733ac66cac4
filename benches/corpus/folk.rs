//! People and departments.

use super::{both, pick};
use std::fmt::Write as _;

/// The departments that roles of the policy belong to, then those of regions and staff.
const CORE: [(&str, &str, &str); 6] = [
    ("marketing", "Marketing", "市场部"),
    ("sales", "Sales", "销售部"),
    ("product", "Product", "产品部"),
    ("design", "Design", "设计部"),
    ("service", "Customer service", "客服部"),
    ("technology", "Technology", "技术部"),
];
const OTHERS: [(&str, &str, &str); 19] = [
    ("finance", "Finance", "财务部"),
    ("legal", "Legal", "法务部"),
    ("logistics", "Logistics", "物流部"),
    ("training", "Training", "培训部"),
    ("brand", "Brand", "品牌部"),
    ("stores-hangzhou", "Stores, Hangzhou", "杭州门店"),
    ("stores-shanghai", "Stores, Shanghai", "上海门店"),
    ("stores-suzhou", "Stores, Suzhou", "苏州门店"),
    ("stores-nanjing", "Stores, Nanjing", "南京门店"),
    ("stores-ningbo", "Stores, Ningbo", "宁波门店"),
    ("stores-chengdu", "Stores, Chengdu", "成都门店"),
    ("stores-chongqing", "Stores, Chongqing", "重庆门店"),
    ("stores-changsha", "Stores, Changsha", "长沙门店"),
    ("stores-wuhan", "Stores, Wuhan", "武汉门店"),
    ("stores-beijing", "Stores, Beijing", "北京门店"),
    ("stores-tianjin", "Stores, Tianjin", "天津门店"),
    ("stores-shenzhen", "Stores, Shenzhen", "深圳门店"),
    ("stores-guangzhou", "Stores, Guangzhou", "广州门店"),
    ("stores-xiamen", "Stores, Xiamen", "厦门门店"),
];

const FAMILY: [(&str, &str); 20] = [
    ("Lin", "林"),
    ("Chen", "陈"),
    ("He", "何"),
    ("Su", "苏"),
    ("Zhou", "周"),
    ("Tang", "唐"),
    ("Xu", "徐"),
    ("Qiao", "乔"),
    ("Shen", "沈"),
    ("Yuan", "袁"),
    ("Gu", "顾"),
    ("Mei", "梅"),
    ("Pan", "潘"),
    ("Fang", "方"),
    ("Deng", "邓"),
    ("Luo", "罗"),
    ("Guo", "郭"),
    ("Ye", "叶"),
    ("Jiang", "蒋"),
    ("Ruan", "阮"),
];
const GIVEN: [(&str, &str); 15] = [
    ("Yue", "悦"),
    ("Bo", "博"),
    ("Jia", "佳"),
    ("Wen", "雯"),
    ("Ming", "明"),
    ("Li", "莉"),
    ("Ning", "宁"),
    ("An", "安"),
    ("Hui", "慧"),
    ("Hao", "昊"),
    ("Yan", "岩"),
    ("Qing", "清"),
    ("Rui", "睿"),
    ("Xi", "溪"),
    ("Qi", "琪"),
];

/// People, three hundred of them.
pub const PEOPLE: usize = FAMILY.len() * GIVEN.len();

struct Person {
    id: String,
    en: String,
    zh: String,
    department: &'static str,
    rank: usize,
}

fn person(n: usize) -> Person {
    let (family, given) = (FAMILY[n % FAMILY.len()], GIVEN[n / FAMILY.len()]);
    // Two thirds work in the six departments that every campaign has a role for.
    let (department, rank) = if n % 3 < 2 {
        let at = n / 3 * 2 + n % 3;
        (CORE[at % CORE.len()].0, at / CORE.len())
    } else {
        (OTHERS[n / 3 % OTHERS.len()].0, n / 3 / OTHERS.len())
    };
    Person {
        id: format!("{}-{}", family.0.to_lowercase(), given.0.to_lowercase()),
        en: format!("{} {}", family.0, given.0),
        zh: format!("{}{}", family.1, given.1),
        department,
        rank,
    }
}

/// Someone of a department, always the same for one reason.
pub fn of(department: &str, campaign: usize, why: &str) -> String {
    let here: Vec<usize> = (0..PEOPLE).filter(|n| person(*n).department == department).collect();
    person(here[pick(campaign, why, here.len())]).id
}

/// Who leads a department.
pub fn lead(department: &str) -> String {
    (0..PEOPLE).map(person).find(|p| p.department == department).unwrap().id
}

pub fn write(put: &mut impl FnMut(String, String)) {
    let mut people = String::from("# Everybody who owns a date.\n");
    for p in (0..PEOPLE).map(person) {
        let (title, titel) =
            [("Head", "负责人"), ("Senior", "资深专员"), ("Specialist", "专员"), ("Assistant", "助理")][p.rank.min(3)];
        let _ = write!(
            people,
            "\n[{}]\nname = {}\ndepartment = \"{}\"\ntitle = {}\nemail = \"{}@teahouse.example\"\n",
            p.id,
            both(&p.en, &p.zh),
            p.department,
            both(title, titel),
            p.id.replace('-', ".")
        );
    }
    put("content/people.toml".into(), people);
    let mut departments = String::new();
    for (id, en, zh) in CORE.iter().chain(&OTHERS) {
        let duty =
            both(&format!("What {} answers for in a campaign", en.to_lowercase()), &format!("{zh}在活动中负责的事项"));
        let _ = write!(departments, "[{id}]\nname = {}\nlead = \"{}\"\nduty = {duty}\n\n", both(en, zh), lead(id));
    }
    put("content/departments.toml".into(), departments);
}
