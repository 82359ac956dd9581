//! The client: WeChat's calls as methods, each naming the paragraph it follows.
