//! The pretend WeChat: a second, independent reading of the documents that shares no type with the client.
