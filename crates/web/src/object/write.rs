//! To a plain object.

use js_sys::{Array, Object, Reflect};
use serde::Serialize;
use serde::ser::{self, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, Serializer};
use wasm_bindgen::JsValue;

use super::Mismatch;

pub(super) struct Writer;

impl Serializer for Writer {
    type Ok = JsValue;
    type Error = Mismatch;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Impossible<JsValue, Mismatch>;
    type SerializeTupleVariant = Impossible<JsValue, Mismatch>;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    fn serialize_bool(self, value: bool) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_i8(self, value: i8) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<JsValue, Mismatch> {
        i32::try_from(value).map(JsValue::from).map_err(|_| Mismatch)
    }

    fn serialize_u8(self, value: u8) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    /// Numbers as wide as this count bytes and characters of a text.
    fn serialize_u64(self, value: u64) -> Result<JsValue, Mismatch> {
        u32::try_from(value).map(JsValue::from).map_err(|_| Mismatch)
    }

    fn serialize_f32(self, value: f32) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_char(self, value: char) -> Result<JsValue, Mismatch> {
        Ok(value.to_string().into())
    }

    fn serialize_str(self, value: &str) -> Result<JsValue, Mismatch> {
        Ok(value.into())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<JsValue, Mismatch> {
        Err(Mismatch)
    }

    fn serialize_none(self) -> Result<JsValue, Mismatch> {
        Ok(JsValue::NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<JsValue, Mismatch> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<JsValue, Mismatch> {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<JsValue, Mismatch> {
        Ok(JsValue::NULL)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<JsValue, Mismatch> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<JsValue, Mismatch> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<JsValue, Mismatch> {
        let mut entries = Entries::around(None);
        entries.set(variant, value)?;
        Ok(entries.object.into())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Mismatch> {
        Ok(Items(Array::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Mismatch> {
        Ok(Items(Array::new()))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Mismatch> {
        Err(Mismatch)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Mismatch> {
        Err(Mismatch)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Mismatch> {
        Ok(Entries::around(None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries, Mismatch> {
        Ok(Entries::around(None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Entries, Mismatch> {
        Ok(Entries::around(Some(variant)))
    }
}

pub(super) struct Items(Array);

impl SerializeSeq for Items {
    type Ok = JsValue;
    type Error = Mismatch;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        self.0.push(&value.serialize(Writer)?);
        Ok(())
    }

    fn end(self) -> Result<JsValue, Mismatch> {
        Ok(self.0.into())
    }
}

impl ser::SerializeTuple for Items {
    type Ok = JsValue;
    type Error = Mismatch;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<JsValue, Mismatch> {
        SerializeSeq::end(self)
    }
}

pub(super) struct Entries {
    object: Object,
    /// The name of the variant whose content this is.
    variant: Option<&'static str>,
    key: JsValue,
}

impl Entries {
    fn around(variant: Option<&'static str>) -> Self {
        Self { object: Object::new(), variant, key: JsValue::NULL }
    }

    fn set<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Mismatch> {
        put(&self.object, &key.into(), &value.serialize(Writer)?)
    }

    fn close(self) -> Result<JsValue, Mismatch> {
        let Some(variant) = self.variant else { return Ok(self.object.into()) };
        let outer = Object::new();
        put(&outer, &variant.into(), &self.object)?;
        Ok(outer.into())
    }
}

fn put(object: &Object, key: &JsValue, value: &JsValue) -> Result<(), Mismatch> {
    Reflect::set(object, key, value).map(drop).map_err(|_| Mismatch)
}

impl SerializeStruct for Entries {
    type Ok = JsValue;
    type Error = Mismatch;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Mismatch> {
        self.set(key, value)
    }

    fn end(self) -> Result<JsValue, Mismatch> {
        self.close()
    }
}

impl SerializeStructVariant for Entries {
    type Ok = JsValue;
    type Error = Mismatch;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Mismatch> {
        self.set(key, value)
    }

    fn end(self) -> Result<JsValue, Mismatch> {
        self.close()
    }
}

impl SerializeMap for Entries {
    type Ok = JsValue;
    type Error = Mismatch;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Mismatch> {
        self.key = key.serialize(Writer)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        put(&self.object, &self.key, &value.serialize(Writer)?)
    }

    fn end(self) -> Result<JsValue, Mismatch> {
        self.close()
    }
}
