//! From a plain object.

use js_sys::{Array, Object, Reflect};
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use wasm_bindgen::{JsCast, JsValue};

use std::marker::PhantomData;

use super::mismatch::Mismatch;
use super::trail;

pub(super) struct Reader<E>(pub(super) JsValue, pub(super) PhantomData<E>);

impl<E: Mismatch> Reader<E> {
    pub(super) fn of(value: JsValue) -> Self {
        Self(value, PhantomData)
    }

    fn text(&self) -> Result<String, E> {
        self.0.as_string().ok_or_else(E::found)
    }

    /// The number. Core's are whole, and none is negative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the way back")]
    #[expect(clippy::float_cmp, reason = "a number that is not the same on the way back is refused")]
    fn number(&self) -> Result<u32, E> {
        let number = self.0.as_f64().ok_or_else(E::found)?;
        let whole = number as u32;
        if f64::from(whole) == number { Ok(whole) } else { Err(E::found()) }
    }

    fn items(self) -> Result<Items<E>, E> {
        let array = self.0.dyn_into().map_err(|_| E::found())?;
        Ok(Items { array, next: 0, error: PhantomData, at: trail::length() })
    }

    fn entries(self) -> Result<Entries<E>, E> {
        let entries = Object::entries(self.object()?.unchecked_ref());
        Ok(Entries {
            entries: Items { array: entries, next: 0, error: PhantomData, at: trail::length() },
            value: JsValue::NULL,
        })
    }

    fn fields(self, names: &'static [&'static str]) -> Result<Fields<E>, E> {
        Ok(Fields { object: self.object()?, names: names.iter(), error: PhantomData, at: trail::length() })
    }

    fn object(self) -> Result<JsValue, E> {
        // To JavaScript, a list is an object, too.
        if self.0.is_object() && !Array::is_array(&self.0) { Ok(self.0) } else { Err(E::found()) }
    }

    /// `"name"`, or `{"name": content}`.
    fn variant(self) -> Result<Variant<E>, E> {
        if let Some(name) = self.0.as_string() {
            return Ok(Variant { name, content: JsValue::NULL, error: PhantomData });
        }
        let mut entries = self.entries()?;
        let name = entries.take_key().ok_or_else(E::found)?;
        // Of two, neither is the one that is meant.
        if entries.entries.array.length() > 1 {
            return Err(E::found());
        }
        Ok(Variant { name: Self::of(name).text()?, content: entries.value, error: PhantomData })
    }
}

// Each kind of value is read by its own method: a single one that looks what there is would be compiled whole for
// every type.
impl<'de, E: Mismatch> Deserializer<'de> for Reader<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0.as_string() {
            Some(text) => visitor.visit_string(text),
            None => visitor.visit_map(self.entries()?),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_bool(self.0.as_bool().ok_or_else(E::found)?)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_u32(self.number()?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_u32(self.number()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_u32(self.number()?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_u32(self.number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_map(self.entries()?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_seq(self.fields(names)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if self.0.is_null() || self.0.is_undefined() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(self.variant()?)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

struct Items<E> {
    array: Array,
    next: u32,
    error: PhantomData<E>,
    /// Where the list itself is, on the trail.
    at: usize,
}

impl<E: Mismatch> Items<E> {
    fn take(&mut self) -> Option<JsValue> {
        (self.next < self.array.length()).then(|| {
            self.next += 1;
            self.array.get(self.next - 1)
        })
    }
}

impl<'de, E: Mismatch> SeqAccess<'de> for Items<E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        let Some(item) = self.take() else { return Ok(None) };
        if cfg!(feature = "places") {
            trail::set(self.at, &["[", &(self.next - 1).to_string(), "]"]);
        }
        seed.deserialize(Reader::of(item)).map(Some)
    }
}

/// The fields of a struct in the order of its declaration. Taken by name one after another they make a sequence, and
/// what serde derives for that is far smaller than for a map in any order. A field that is not there is left out; its
/// type says whether it may be.
struct Fields<E> {
    object: JsValue,
    error: PhantomData<E>,
    names: std::slice::Iter<'static, &'static str>,
    /// Where the struct itself is, on the trail.
    at: usize,
}

impl<'de, E: Mismatch> SeqAccess<'de> for Fields<E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        let name = self.names.next().ok_or_else(E::found)?;
        trail::set(self.at, &[".", name]);
        let value = Reflect::get(&self.object, &(*name).into()).map_err(|_| E::found())?;
        if value.is_undefined() { Ok(None) } else { seed.deserialize(Reader::of(value)).map(Some) }
    }
}

struct Entries<E> {
    entries: Items<E>,
    value: JsValue,
}

impl<E: Mismatch> Entries<E> {
    /// The next key; its value is then in `value`.
    fn take_key(&mut self) -> Option<JsValue> {
        let pair: Array = self.entries.take()?.unchecked_into();
        self.value = pair.get(1);
        Some(pair.get(0))
    }
}

impl<'de, E: Mismatch> MapAccess<'de> for Entries<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        self.take_key().map(|key| seed.deserialize(Reader::of(key))).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, E> {
        seed.deserialize(Reader::of(std::mem::replace(&mut self.value, JsValue::NULL)))
    }
}

struct Variant<E> {
    error: PhantomData<E>,
    name: String,
    content: JsValue,
}

impl<'de, E: Mismatch> EnumAccess<'de> for Variant<E> {
    type Error = E;
    type Variant = Reader<E>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Reader<E>), E> {
        let Self { name, content, .. } = self;
        let at = trail::length();
        let place = name.clone();
        let deserializer: StringDeserializer<E> = name.into_deserializer();
        let variant = seed.deserialize(deserializer)?;
        trail::set(at, &[".", &place]);
        Ok((variant, Reader::of(content)))
    }
}

impl<'de, E: Mismatch> VariantAccess<'de> for Reader<E> {
    type Error = E;

    fn unit_variant(self) -> Result<(), E> {
        if self.0.is_null() { Ok(()) } else { Err(E::found()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, E> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, E> {
        visitor.visit_seq(self.items()?)
    }

    fn struct_variant<V: Visitor<'de>>(self, names: &'static [&'static str], visitor: V) -> Result<V::Value, E> {
        visitor.visit_seq(self.fields(names)?)
    }
}
