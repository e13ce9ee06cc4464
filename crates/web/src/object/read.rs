//! From a plain object. Whatever the type asks for, it is given what is there, as it would be by JSON.

use js_sys::{Array, Object};
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor};
use wasm_bindgen::{JsCast, JsValue};

use super::Mismatch;

pub(super) struct Reader(pub(super) JsValue);

impl<'de> Deserializer<'de> for Reader {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let Self(value) = self;
        if value.is_null() || value.is_undefined() {
            visitor.visit_unit()
        } else if let Some(truth) = value.as_bool() {
            visitor.visit_bool(truth)
        } else if let Some(number) = value.as_f64() {
            visitor.visit_u64(whole(number)?)
        } else if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if Array::is_array(&value) {
            visitor.visit_seq(Items::of(value.unchecked_into()))
        } else {
            visitor.visit_map(Entries { entries: Items::of(entries(value)), value: JsValue::NULL })
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() || self.0.is_undefined() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    /// `"name"`, or `{"name": content}`.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if let Some(name) = self.0.as_string() {
            return visitor.visit_enum(Variant { name, content: JsValue::NULL });
        }
        let pair: Array = entries(self.0).get(0).dyn_into().map_err(|_| Mismatch)?;
        visitor.visit_enum(Variant { name: pair.get(0).as_string().ok_or(Mismatch)?, content: pair.get(1) })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// Core's numbers are whole, and none is negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the way back")]
#[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "a number that is not the same on the way back is refused")]
fn whole(number: f64) -> Result<u64, Mismatch> {
    let whole = number as u64;
    if whole as f64 == number { Ok(whole) } else { Err(Mismatch) }
}

/// The entries of an object; none of what is not one.
fn entries(object: JsValue) -> Array {
    object.dyn_into::<Object>().map_or_else(|_| Array::new(), |object| Object::entries(&object))
}

struct Items {
    array: Array,
    next: u32,
}

impl Items {
    fn of(array: Array) -> Self {
        Self { array, next: 0 }
    }

    fn take(&mut self) -> Option<JsValue> {
        (self.next < self.array.length()).then(|| {
            self.next += 1;
            self.array.get(self.next - 1)
        })
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        self.take().map(|item| seed.deserialize(Reader(item))).transpose()
    }
}

struct Entries {
    entries: Items,
    value: JsValue,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let Some(pair) = self.entries.take() else { return Ok(None) };
        let pair: Array = pair.unchecked_into();
        self.value = pair.get(1);
        seed.deserialize(Reader(pair.get(0))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(Reader(std::mem::replace(&mut self.value, JsValue::NULL)))
    }
}

struct Variant {
    name: String,
    content: JsValue,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Mismatch;
    type Variant = Reader;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Reader), Mismatch> {
        let name: StringDeserializer<Mismatch> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, Reader(self.content)))
    }
}

impl<'de> VariantAccess<'de> for Reader {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_any(visitor)
    }
}
